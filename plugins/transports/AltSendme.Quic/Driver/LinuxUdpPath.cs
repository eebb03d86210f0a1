using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AltSendme.Quic.Paths;
using static AltSendme.Quic.Driver.LinuxSocketCalls;

namespace AltSendme.Quic.Driver;

/// <summary>UDP on 64-bit Linux: many datagrams a call with segmentation offload both ways, ECN marks and local addresses in control messages, microsecond waits.</summary>
internal sealed unsafe class LinuxUdpPath : IDatagramPath
{
    private const int ReceiveSlots = 16;
    private const int ControlLength = 256;
    private const int MaxPayload = 65507;
    private const byte EcnBits = 3;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly int _event;
    private readonly bool _isInet6;
    private readonly ushort _port;
    private readonly MessageWithLength* _messages;
    private readonly Vector* _vectors;
    private readonly byte* _names;
    private readonly byte* _controls;
    private readonly Lock _eventGate = new();
    private bool _maySegment = true;
    private bool _isDisposed;

    /// <summary>Takes over a bound socket.</summary>
    public LinuxUdpPath(Socket socket)
    {
        _socket = socket;
        _descriptor = (int)socket.SafeHandle.DangerousGetHandle();
        _isInet6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        _event = CreateEvent(0, CloseOnExec | NonBlocking);
        if (_event < 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        Local = NetworkAddress.From(bound.Address, bound.Port);
        _port = (ushort)bound.Port;
        _messages = (MessageWithLength*)NativeMemory.AllocZeroed(ReceiveSlots, (nuint)sizeof(MessageWithLength));
        _vectors = (Vector*)NativeMemory.AllocZeroed(ReceiveSlots, (nuint)sizeof(Vector));
        _names = (byte*)NativeMemory.AllocZeroed(ReceiveSlots, LinuxSocketAddress.MaxLength);
        _controls = (byte*)NativeMemory.AllocZeroed(ReceiveSlots, ControlLength);
        SetOptions();
    }

    /// <summary>Whether this machine is one.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess && BitConverter.IsLittleEndian;

    /// <inheritdoc />
    public NetworkAddress Local { get; }

    /// <inheritdoc />
    public int MaxSendLength => MaxPayload;

    /// <inheritdoc />
    public void Receive(DatagramBatch batch)
    {
        batch.Clear();
        var slots = Math.Min(ReceiveSlots, batch.Capacity);
        for (var i = 0; i < slots; i++)
        {
            // The batch's memory is pinned for good.
            _vectors[i] = new Vector { Base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(batch.Slot(i).Span)), Length = DatagramBatch.SlotSize };
            _messages[i].Message = new Message
            {
                Name = _names + (i * LinuxSocketAddress.MaxLength),
                NameLength = LinuxSocketAddress.MaxLength,
                Vectors = _vectors + i,
                VectorCount = 1,
                Control = _controls + (i * ControlLength),
                ControlLength = ControlLength,
            };
        }

        var count = ReceiveMany(_descriptor, _messages, (uint)slots, DontWait, null);
        for (var i = 0; i < count; i++)
            batch.Add(Describe(_messages[i]));
    }

    /// <inheritdoc />
    public SendOutcome Send(in Transmit transmit, ReadOnlySpan<byte> datagrams)
    {
        if (_maySegment || datagrams.Length <= transmit.SegmentSize)
        {
            var error = SendOne(transmit, datagrams, transmit.SegmentSize);
            if (error == ErrorAgain)
                return SendOutcome.Blocked;
            if (error is not (ErrorIo or ErrorInvalid) || datagrams.Length <= transmit.SegmentSize)
                return SendOutcome.Done;

            // The network interface cannot do it.
            _maySegment = false;
        }

        for (var rest = datagrams; !rest.IsEmpty; rest = rest[Math.Min(transmit.SegmentSize, rest.Length)..])
            _ = SendOne(transmit, rest[..Math.Min(transmit.SegmentSize, rest.Length)], transmit.SegmentSize);
        return SendOutcome.Done;
    }

    /// <inheritdoc />
    public void Wait(TimeSpan timeout, bool forSending)
    {
        var entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = _descriptor, Wanted = (short)(PollIn | (forSending ? PollOut : 0)) };
        entries[1] = new PollEntry { Descriptor = _event, Wanted = PollIn };
        var time = new TimeSpec { Seconds = timeout.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        if (Poll(entries, 2, &time, null) <= 0 || entries[1].Happened == 0)
            return;
        ulong count;
        _ = Read(_event, &count, sizeof(ulong));
    }

    /// <inheritdoc />
    public void Wake()
    {
        ulong one = 1;

        // The descriptor's number may be somebody else's once it is closed.
        lock (_eventGate)
        {
            if (!_isDisposed)
                _ = Write(_event, &one, sizeof(ulong));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_eventGate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _ = Close(_event);
        }

        _socket.Dispose();
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        NativeMemory.Free(_controls);
    }

    private static Ecn EcnOf(byte trafficClass) => (Ecn)(trafficClass & EcnBits);

    private void SetOptions()
    {
        // Each is an improvement only; an old kernel works without.
        TrySet(SolUdp, UdpGro, 1);
        TrySet(SolIp, IpReceiveTos, 1);
        TrySet(SolIp, IpMtuDiscover, MtuDiscoverProbe);
        TrySet(SolIp, IpPacketInfo, 1);
        if (!_isInet6)
            return;
        TrySet(SolIpv6, Ipv6ReceiveTrafficClass, 1);
        TrySet(SolIpv6, Ipv6MtuDiscover, MtuDiscoverProbe);
        TrySet(SolIpv6, Ipv6ReceivePacketInfo, 1);
    }

    private void TrySet(int level, int name, int value)
    {
        try
        {
            _socket.SetRawSocketOption(level, name, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
        }
        catch (SocketException)
        {
        }
    }

    private DatagramBatch.Arrival Describe(in MessageWithLength received)
    {
        var length = (int)received.Length;
        var segment = length;
        var ecn = Ecn.NotCapable;
        NetworkAddress local = default;
        var controls = new ReadOnlySpan<byte>(received.Message.Control, (int)received.Message.ControlLength);
        while (controls.Length >= ControlHeader)
        {
            var size = (int)MemoryMarshal.Read<nuint>(controls);
            if (size < ControlHeader || size > controls.Length)
                break;
            var data = controls[ControlHeader..size];
            switch ((MemoryMarshal.Read<int>(controls[8..]), MemoryMarshal.Read<int>(controls[12..])))
            {
                case (SolUdp, UdpGro):
                    segment = MemoryMarshal.Read<int>(data);
                    break;
                case (SolIp, IpTos) or (SolIpv6, Ipv6TrafficClass):
                    ecn = EcnOf(data[0]);
                    break;
                case (SolIp, IpPacketInfo):
                    local = new NetworkAddress(AddressKind.IPv4, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), _port);
                    break;
                case (SolIpv6, Ipv6PacketInfo):
                    local = SocketAddressLayout.FromInet6(BinaryPrimitives.ReadUInt128BigEndian(data), _port, 0);
                    break;
            }

            controls = controls[Math.Min(ControlSpace(size - ControlHeader), controls.Length)..];
        }

        var remote = LinuxSocketAddress.Read(new ReadOnlySpan<byte>(received.Message.Name, LinuxSocketAddress.MaxLength));
        return new DatagramBatch.Arrival(length, Math.Max(segment, 1), new NetworkPath(local, remote), ecn);
    }

    // Returns the error's number; 0 for none.
    private int SendOne(in Transmit transmit, ReadOnlySpan<byte> datagrams, int segmentSize)
    {
        var name = stackalloc byte[LinuxSocketAddress.MaxLength];
        var nameLength = LinuxSocketAddress.Write(new Span<byte>(name, LinuxSocketAddress.MaxLength), transmit.Path.Remote, _isInet6);
        if (nameLength == 0)
            return 0;
        var control = stackalloc byte[ControlLength];
        var controlLength = WriteControls(new Span<byte>(control, ControlLength), transmit, datagrams.Length > segmentSize);
        fixed (byte* bytes = datagrams)
        {
            var vector = new Vector { Base = bytes, Length = (nuint)datagrams.Length };
            var message = new Message
            {
                Name = name,
                NameLength = (uint)nameLength,
                Vectors = &vector,
                VectorCount = 1,
                Control = controlLength > 0 ? control : null,
                ControlLength = (nuint)controlLength,
            };
            while (SendMessage(_descriptor, &message, DontWait) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != ErrorInterrupted)
                    return error;
            }
        }

        return 0;
    }

    private static int WriteControls(Span<byte> destination, in Transmit transmit, bool isSegmented)
    {
        destination.Clear();
        var position = 0;
        var isInet4 = transmit.Path.Remote.Kind == AddressKind.IPv4;
        if (isSegmented)
            MemoryMarshal.Write(Begin(destination, ref position, SolUdp, UdpSegment, sizeof(ushort)), (ushort)transmit.SegmentSize);

        if (transmit.Ecn != Ecn.NotCapable)
            MemoryMarshal.Write(Begin(destination, ref position, isInet4 ? SolIp : SolIpv6, isInet4 ? IpTos : Ipv6TrafficClass, sizeof(int)), (int)transmit.Ecn);

        var local = transmit.Path.Local;
        if (isInet4 && local.Kind == AddressKind.IPv4)
            BinaryPrimitives.WriteUInt32BigEndian(Begin(destination, ref position, SolIp, IpPacketInfo, 12)[4..], (uint)local.Host);
        else if (!isInet4 && local.Kind == AddressKind.IPv6)
            BinaryPrimitives.WriteUInt128BigEndian(Begin(destination, ref position, SolIpv6, Ipv6PacketInfo, 20), local.Host);
        return position;
    }

    private static Span<byte> Begin(Span<byte> destination, ref int position, int level, int type, int dataLength)
    {
        var start = destination[position..];
        MemoryMarshal.Write(start, (nuint)(ControlHeader + dataLength));
        MemoryMarshal.Write(start[8..], level);
        MemoryMarshal.Write(start[12..], type);
        position += ControlSpace(dataLength);
        return start.Slice(ControlHeader, dataLength);
    }
}
