namespace AltSendme.Core.Sending;

/// <summary>A file that is to be sent.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What the receiver will call it: relative, <c>/</c> between folders.</param>
/// <param name="Size">Bytes, when it was found.</param>
public readonly record struct SourceFile(string Path, string Name, long Size);
