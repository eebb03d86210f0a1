using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AltSendme.Service.Hosting;

/// <summary>Asks the system who is at the other end of a Unix socket. The folder's mode keeps others out already; this holds even where somebody opened it.</summary>
internal static partial class PeerCheck
{
    // Linux: struct ucred { pid, uid, gid }. Darwin: struct xucred { version, uid, ... }. Both have the user in the second word.
    private const int LinuxSocketLevel = 1;
    private const int LinuxPeerCredentials = 17;
    private const int DarwinLocalLevel = 0;
    private const int DarwinPeerCredentials = 1;
    private const int UserOffset = 4;
    private const int CredentialsLength = 128;

    /// <summary>Whether the peer is this user, or root. Where the system does not say, the socket's mode and folder have to do.</summary>
    public static bool IsAllowed(Socket socket)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return true;
        Span<byte> credentials = stackalloc byte[CredentialsLength];
        try
        {
            var length = OperatingSystem.IsLinux()
                ? socket.GetRawSocketOption(LinuxSocketLevel, LinuxPeerCredentials, credentials)
                : socket.GetRawSocketOption(DarwinLocalLevel, DarwinPeerCredentials, credentials);
            return length >= UserOffset + sizeof(uint) && IsAllowed(BinaryPrimitives.ReadUInt32LittleEndian(credentials[UserOffset..]), EffectiveUser());
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal static bool IsAllowed(uint peer, uint own) => peer == own || peer == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();
}
