namespace AltSendme.Blobs.Stores.Partial;

/// <summary>Another process receives the same share into the same folder.</summary>
/// <param name="folder">The folder of the partial download.</param>
/// <param name="innerException">What the file system said.</param>
public sealed class PartialStoreBusyException(string folder, Exception innerException)
    : IOException($"{folder} is in use: the same share is being received into this folder already. Wait for that, or choose another folder.", innerException);
