namespace AltSendme.Blobs.Stores.Partial;

/// <summary>The folder of a partial download can't be used: something else lies in its place, or in that of one of its parts. Nothing was written to it.</summary>
/// <param name="message">Names the path and says what to do.</param>
public sealed class PartialStoreException(string message) : IOException(message);
