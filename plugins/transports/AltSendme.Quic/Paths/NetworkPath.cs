namespace AltSendme.Quic.Paths;

/// <summary>The two ends of a path (RFC 9000, section 9). <see cref="Local"/> may be of kind <see cref="AddressKind.None"/> where the platform does not tell.</summary>
/// <param name="Local">Our address.</param>
/// <param name="Remote">The peer's address.</param>
public readonly record struct NetworkPath(NetworkAddress Local, NetworkAddress Remote)
{
    /// <summary>Whether both may be the same path; an unknown local address matches any.</summary>
    public bool Matches(in NetworkPath other) =>
        Remote == other.Remote && (Local == other.Local || Local.Kind == AddressKind.None || other.Local.Kind == AddressKind.None);
}
