using AltSendme.Blobs;
using AltSendme.Blobs.Stores;
using AltSendme.Core.Previews;

namespace AltSendme.Core.Sending;

/// <summary>Files that were hashed and named: from here on nothing looks at paths again. Owns the store that the files are read through.</summary>
/// <param name="Name">Name of the first file or folder.</param>
/// <param name="Root">Hash of the collection.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their total size.</param>
/// <param name="Preview">What a receiver can be told before it fetches anything.</param>
/// <param name="Contents">What there is to fetch, apart from names.</param>
/// <param name="Store">Where requests are answered from.</param>
internal sealed record Share(string Name, Hash Root, int Files, long Bytes, SharePreview Preview, ContentIndex Contents, InPlaceStore Store) : IDisposable
{
    public void Dispose() => Store.Dispose();
}
