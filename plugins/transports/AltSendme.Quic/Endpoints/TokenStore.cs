namespace AltSendme.Quic.Endpoints;

/// <summary>
/// What a client keeps of NEW_TOKEN frames (RFC 9000, section 8.1.3): the newest token of each server, by the server's public key, in memory only. A token is handed out once; the servers that were heard of least
/// recently give way.
/// </summary>
internal sealed class TokenStore
{
    /// <summary>Servers whose token is kept.</summary>
    public const int MaxServers = 256;

    /// <summary>Bytes of the longest token that is kept: it must leave room in an Initial.</summary>
    public const int MaxTokenLength = 512;

    private readonly Dictionary<string, LinkedListNode<Entry>> _byServer = [];
    private readonly LinkedList<Entry> _byAge = new();

    /// <summary>How many tokens there are.</summary>
    public int Count => _byServer.Count;

    /// <summary>Keeps a token in place of an older one; tokens that are too long are not kept.</summary>
    public void Keep(ReadOnlySpan<byte> serverKey, byte[] token)
    {
        if (serverKey.IsEmpty || token.Length > MaxTokenLength)
            return;
        Take(serverKey);
        if (_byServer.Count == MaxServers)
        {
            _byServer.Remove(_byAge.First!.Value.Server);
            _byAge.RemoveFirst();
        }

        var server = Convert.ToHexString(serverKey);
        _byServer.Add(server, _byAge.AddLast(new Entry(server, token)));
    }

    /// <summary>Takes the token of a server; empty when there is none.</summary>
    public byte[] Take(ReadOnlySpan<byte> serverKey)
    {
        if (!_byServer.Remove(Convert.ToHexString(serverKey), out var kept))
            return [];
        _byAge.Remove(kept);
        return kept.Value.Token;
    }

    private readonly record struct Entry(string Server, byte[] Token);
}
