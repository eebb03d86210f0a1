using System.Buffers.Binary;
using System.Net;

namespace AltSendme.Quic.Paths;

/// <summary>Where a datagram comes from or goes to, by value: compared and hashed on every packet, never allocated.</summary>
public readonly record struct NetworkAddress
{
    // Two halves: a method that touches a UInt128 field is not compiled ahead of time, and addresses are everywhere.
    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>An address from its parts.</summary>
    /// <param name="kind">How to read the rest.</param>
    /// <param name="host">The address' bits; IPv4 in the lowest 32.</param>
    /// <param name="port">UDP port; 0 for opaque addresses.</param>
    /// <param name="scope">IPv6 scope id.</param>
    public NetworkAddress(AddressKind kind, UInt128 host, ushort port, uint scope = 0)
    {
        (Kind, Host, Port, Scope) = (kind, host, port, scope);
    }

    /// <summary>How to read the rest.</summary>
    public AddressKind Kind { get; init; }

    /// <summary>The address' bits; IPv4 in the lowest 32.</summary>
    public UInt128 Host
    {
        get => new(_high, _low);
        init => (_high, _low) = ((ulong)(value >> 64), (ulong)value);
    }

    /// <summary>UDP port; 0 for opaque addresses.</summary>
    public ushort Port { get; init; }

    /// <summary>IPv6 scope id.</summary>
    public uint Scope { get; init; }

    /// <summary>Bytes that <see cref="WriteTo"/> takes.</summary>
    public const int EncodedLength = 19;

    /// <summary>An address that only a datagram path understands.</summary>
    public static NetworkAddress Opaque(UInt128 number) => new(AddressKind.Opaque, number, 0);

    /// <summary>Reads an address of the platform; IPv4 mapped into IPv6 becomes IPv4.</summary>
    public static NetworkAddress From(IPAddress address, int port)
    {
        Span<byte> bytes = stackalloc byte[16];
        var source = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        source.TryWriteBytes(bytes, out var written);
        return written == 4
            ? new NetworkAddress(AddressKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)port)
            : new NetworkAddress(AddressKind.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes), (ushort)port, (uint)source.ScopeId);
    }

    /// <summary>The address as the platform's type; null for other kinds.</summary>
    public IPAddress? ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Host);
        return Kind switch
        {
            AddressKind.IPv4 => new IPAddress(bytes[12..]),
            AddressKind.IPv6 => new IPAddress(bytes, Scope),
            _ => null,
        };
    }

    /// <summary>Address and port as the platform's type; <see cref="IPAddress.None"/> and 0 for other kinds.</summary>
    public IPEndPoint ToIPEndPoint() => ToIPAddress() is { } address ? new IPEndPoint(address, Port) : new IPEndPoint(IPAddress.None, 0);

    /// <summary>Writes kind, host and port: what a token is bound to.</summary>
    public void WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        BinaryPrimitives.WriteUInt128BigEndian(destination[1..], Host);
        BinaryPrimitives.WriteUInt16BigEndian(destination[17..], Port);
    }

    /// <inheritdoc />
    public override string ToString() => ToIPAddress() is { } address ? new IPEndPoint(address, Port).ToString() : $"{Kind}:{Host:x}";
}
