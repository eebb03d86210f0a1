namespace AltSendme.Core.Previews;

/// <summary>A file or folder at the top of a share, as its sender describes it. Nothing of it is proved.</summary>
/// <param name="Name">The sender's name; escape it before showing it.</param>
/// <param name="Bytes">Size, of a folder with everything in it.</param>
/// <param name="MimeType">What it is, such as <c>image/png</c>; <c>inode/directory</c> for a folder.</param>
/// <param name="Thumbnail">A small picture as a <c>data:image/</c> URL, made by a stranger: for a program that shows pictures safely, never for a terminal.</param>
public sealed record PreviewItem(string Name, long Bytes, string? MimeType = null, string? Thumbnail = null);
