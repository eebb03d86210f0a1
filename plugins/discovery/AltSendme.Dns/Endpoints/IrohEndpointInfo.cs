using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Dns;

/// <summary>
/// What an iroh endpoint publishes about itself: TXT records at <c>_iroh.ID.ORIGIN</c>, where ID is the endpoint's id in z-base-32, each an attribute <c>key=value</c> (RFC 1464). The attributes are
/// <c>relay</c>, the URL of a relay, <c>addr</c>, a socket address (older versions: several between spaces), and <c>user-data</c>, a text. Each may come more than once, except the last. The same
/// records are what a pkarr packet holds.
/// </summary>
public sealed record IrohEndpointInfo
{
    /// <summary>The first label of the name.</summary>
    public const string Label = "_iroh";

    /// <summary>Bytes of the longest <see cref="UserData"/>: the attribute fits into one string.</summary>
    public const int MaxUserDataLength = 245;

    /// <summary>Relays that are taken from foreign records at most.</summary>
    public const int MaxRelays = 16;

    /// <summary>Addresses that are taken from foreign records at most.</summary>
    public const int MaxAddresses = 64;

    private const int IdLength = 32;
    private const string RelayKey = "relay";
    private const string AddressKey = "addr";
    private const string UserDataKey = "user-data";

    /// <summary>Absolute http or https URLs of the relays that the endpoint is reachable through.</summary>
    public IReadOnlyList<Uri> Relays { get; init; } = [];

    /// <summary>Where the endpoint may be reached directly.</summary>
    public IReadOnlyList<IPEndPoint> Addresses { get; init; } = [];

    /// <summary>A text of the application's; at most <see cref="MaxUserDataLength"/> bytes as UTF-8.</summary>
    public string? UserData { get; init; }

    /// <summary>The name under which an endpoint's records stand; fails when it would be too long.</summary>
    /// <param name="id">The endpoint's id, 32 bytes.</param>
    /// <param name="origin">The domain of the service, such as <c>dns.iroh.link</c>; the root within a pkarr packet.</param>
    /// <param name="name">The name.</param>
    public static bool TryMakeName(ReadOnlySpan<byte> id, DnsName origin, [NotNullWhen(true)] out DnsName? name)
    {
        ArgumentNullException.ThrowIfNull(origin);
        name = null;
        return id.Length == IdLength && origin.TryPrepend(Encoding.ASCII.GetBytes(ZBase32.Encode(id)), out var zone) && zone.TryPrepend("_iroh"u8, out name);
    }

    /// <summary>Takes the id out of such a name; the domain does not matter.</summary>
    public static bool TryReadName(DnsName name, out byte[] id)
    {
        ArgumentNullException.ThrowIfNull(name);
        id = [];
        return Ascii.EqualsIgnoreCase(name.FirstLabel, Label) && ZBase32.TryDecode(Encoding.ASCII.GetString(name.Parent.FirstLabel).ToLowerInvariant(), out id) && id.Length == IdLength;
    }

    /// <summary>
    /// Collects the attributes from the records that a service gave. Unknown attributes and values that make no sense are left out, as are those above the limits: the others may still help.
    /// </summary>
    public static IrohEndpointInfo FromRecords(IEnumerable<DnsTextData> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var relays = new List<Uri>();
        var addresses = new List<IPEndPoint>();
        string? userData = null;
        foreach (var record in records)
        {
            if (!record.TryGetText(out var text))
                continue;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var value = text[(equals + 1)..];
            switch (equals < 0 ? "" : text[..equals])
            {
                case RelayKey:
                    AddRelay(relays, value);
                    break;
                case AddressKey:
                    AddAddresses(addresses, value);
                    break;
                case UserDataKey when Encoding.UTF8.GetByteCount(value) <= MaxUserDataLength:
                    userData ??= value;
                    break;
            }
        }

        return new IrohEndpointInfo { Relays = relays, Addresses = addresses, UserData = userData };
    }

    /// <summary>Reads <see cref="FromRecords"/> of the TXT records at <paramref name="name"/>; others are ignored.</summary>
    public static IrohEndpointInfo FromAnswers(IEnumerable<DnsRecord> answers, DnsName name) =>
        FromRecords(answers.Where(record => record.Class == DnsClass.In && record.Name.Equals(name)).Select(static record => record.Data).OfType<DnsTextData>());

    /// <summary>The attributes as data of records, in the order that iroh has: relays, addresses, the user's.</summary>
    /// <exception cref="ArgumentException"><see cref="UserData"/> is too long.</exception>
    public IReadOnlyList<DnsTextData> ToRecords()
    {
        if (UserData is not null && Encoding.UTF8.GetByteCount(UserData) > MaxUserDataLength)
            throw new ArgumentException($"User data has at most {MaxUserDataLength} bytes as UTF-8.");
        return
        [
            .. Relays.Select(static relay => DnsTextData.Split($"{RelayKey}={relay.AbsoluteUri}")),
            .. Addresses.Select(static address => DnsTextData.Of($"{AddressKey}={address}")),
            .. UserData is null ? [] : new[] { DnsTextData.Of($"{UserDataKey}={UserData}") },
        ];
    }

    private static void AddRelay(List<Uri> relays, string value)
    {
        if (relays.Count < MaxRelays && Uri.TryCreate(value, UriKind.Absolute, out var relay) && (relay.Scheme == Uri.UriSchemeHttps || relay.Scheme == Uri.UriSchemeHttp) && !relays.Contains(relay))
            relays.Add(relay);
    }

    private static void AddAddresses(List<IPEndPoint> addresses, string value)
    {
        foreach (var part in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (addresses.Count < MaxAddresses && IPEndPoint.TryParse(part, out var address) && address.Port != 0 && !addresses.Contains(address))
                addresses.Add(address);
        }
    }
}
