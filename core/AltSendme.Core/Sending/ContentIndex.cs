using AltSendme.Blobs;

namespace AltSendme.Core.Sending;

/// <summary>Numbers the different contents of a share: files with equal content have one number, since nobody fetches it twice.</summary>
internal sealed class ContentIndex
{
    private readonly int[] _numbers;
    private readonly Lazy<Dictionary<Hash, int>> _byHash;

    /// <param name="files">Hash and size of each file, in the share's order.</param>
    public ContentIndex(IReadOnlyList<(Hash Hash, long Size)> files)
    {
        _numbers = new int[files.Count];
        var known = new Dictionary<Hash, int>(files.Count);
        for (var i = 0; i < files.Count; i++)
        {
            if (!known.TryGetValue(files[i].Hash, out _numbers[i]))
            {
                known.Add(files[i].Hash, _numbers[i] = Count++);
                Empty += files[i].Size == 0 ? 1 : 0;
            }
        }

        // Wanted only by peers that ask for files by hash; the usual requests go by position.
        _byHash = new Lazy<Dictionary<Hash, int>>(() => files.Select((file, i) => (file.Hash, Number: _numbers[i])).DistinctBy(static file => file.Number).ToDictionary(static file => file.Hash, static file => file.Number));
    }

    /// <summary>Different contents.</summary>
    public int Count { get; }

    /// <summary>Of them those without a byte: one or none. iroh's programs never ask for it.</summary>
    public int Empty { get; }

    /// <summary>The number of the file at a position of the share, from 0 on; <see langword="null"/> when there is none.</summary>
    public int? At(ulong position) => position < (ulong)_numbers.Length ? _numbers[position] : null;

    /// <summary>The number of the content with this hash; <see langword="null"/> when no file has it.</summary>
    public int? Of(in Hash hash) => _byHash.Value.TryGetValue(hash, out var number) ? number : null;
}
