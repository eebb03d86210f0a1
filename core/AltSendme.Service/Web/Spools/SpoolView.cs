namespace AltSendme.Service.Web.Spools;

/// <summary>An upload as it stands.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="FreeBytes">Bytes that may still come.</param>
/// <param name="Files">The files that are there, as far as they are.</param>
internal sealed record SpoolView(string Id, long Bytes, long? FreeBytes, IReadOnlyList<SpoolFileView> Files);

/// <summary>A file of an upload.</summary>
/// <param name="Name">As the browser named it.</param>
/// <param name="Path">What it is called in the share: the name, made safe.</param>
/// <param name="Bytes">Bytes that are there: where to go on.</param>
internal sealed record SpoolFileView(string Name, string Path, long Bytes);
