using System.Security.Cryptography;
using System.Text;
using AltSendme.Abstractions;

namespace AltSendme.Relays.Server.Access;

/// <summary>Whoever shows one of the tokens. Hashes are compared, all of them and in constant time, so that the time tells nothing of a token.</summary>
internal sealed class TokenRule : IAccessRule
{
    private const int MaxTokenLength = 4096;

    private readonly byte[][] _hashes;

    public TokenRule(IEnumerable<string> tokens) => _hashes = [.. tokens.Select(static token => SHA256.HashData(Encoding.UTF8.GetBytes(token)))];

    public ValueTask<bool> AdmitsAsync(EndpointId endpoint, string? token, CancellationToken cancellationToken)
    {
        if (token is null || token.Length > MaxTokenLength)
            return ValueTask.FromResult(false);
        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var admitted = false;
        foreach (var hash in _hashes)
            admitted |= CryptographicOperations.FixedTimeEquals(hash, shown);
        return ValueTask.FromResult(admitted);
    }
}
