using AltSendme.Quic.Paths;

namespace AltSendme.Quic;

/// <summary>Datagrams that were written into the caller's buffer: all of <see cref="SegmentSize"/> bytes but the last, which may be shorter, so that they can be handed to the kernel in one call.</summary>
/// <param name="Path">Where to send them.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="SegmentSize">Bytes of each.</param>
/// <param name="Ecn">How to mark them.</param>
public readonly record struct Transmit(NetworkPath Path, int Length, int SegmentSize, Ecn Ecn);
