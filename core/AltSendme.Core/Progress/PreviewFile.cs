namespace AltSendme.Core.Progress;

/// <summary>A file of a share before it is fetched.</summary>
/// <param name="Name">Relative path that it will have, made safe.</param>
/// <param name="Bytes">Size, proved.</param>
public readonly record struct PreviewFile(string Name, long Bytes);
