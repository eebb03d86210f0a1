using AltSendme.Core.Sending;

namespace AltSendme.Core.Previews;

/// <summary>From a share's files to what its preview says: the same as the share itself says to whoever has the ticket, and no more. No thumbnails: none is made here.</summary>
internal static class PreviewComposer
{
    public static SharePreview Of(IReadOnlyList<SourceFile> files)
    {
        var sizes = new Dictionary<string, (long Bytes, bool IsFolder)>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var file in files)
        {
            var end = file.Name.IndexOf('/', StringComparison.Ordinal);
            var name = end < 0 ? file.Name : file.Name[..end];
            if (!sizes.TryGetValue(name, out var known))
                names.Add(name);
            sizes[name] = (known.Bytes + file.Size, end >= 0);
        }

        var items = names.ConvertAll(name => new PreviewItem(name, sizes[name].Bytes, sizes[name].IsFolder ? MimeTypes.Folder : MimeTypes.Of(name)));

        // One file or folder is described by the preview itself, as the app does it.
        return new SharePreview(names[0], items.Count, files.Sum(static file => file.Size))
        {
            MimeType = items.Count == 1 ? items[0].MimeType : PreviewProtocol.SeveralItems,
            Items = items.Count == 1 ? [] : items,
        };
    }
}
