namespace AltSendme.Blobs.Collections;

/// <summary>A named blob.</summary>
/// <param name="Name">As the sender wrote it: parts separated by <c>/</c>. From a stranger, so not fit to be used as a path before it has been checked.</param>
/// <param name="Hash">The blob.</param>
public readonly record struct CollectionEntry(string Name, Hash Hash);
