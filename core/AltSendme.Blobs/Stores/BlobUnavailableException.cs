namespace AltSendme.Blobs.Stores;

/// <summary>A blob's content can't be read: its file is gone, shorter, or has changed since it was hashed.</summary>
/// <param name="message">Names the file and what happened.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class BlobUnavailableException(string message, Exception? innerException = null) : IOException(message, innerException);
