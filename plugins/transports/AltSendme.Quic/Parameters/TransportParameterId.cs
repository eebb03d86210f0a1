namespace AltSendme.Quic.Parameters;

/// <summary>Transport parameters that are understood (RFC 9000, section 18.2; RFC 9221, section 3; RFC 9287, section 3; draft-ietf-quic-ack-frequency, section 3; draft-ietf-quic-address-discovery, section 2). All others are ignored, as section 7.4.2 asks.</summary>
internal enum TransportParameterId : ulong
{
    OriginalDestinationConnectionId = 0x00,
    MaxIdleTimeout = 0x01,
    StatelessResetToken = 0x02,
    MaxUdpPayloadSize = 0x03,
    InitialMaxData = 0x04,
    InitialMaxStreamDataBidiLocal = 0x05,
    InitialMaxStreamDataBidiRemote = 0x06,
    InitialMaxStreamDataUni = 0x07,
    InitialMaxStreamsBidi = 0x08,
    InitialMaxStreamsUni = 0x09,
    AckDelayExponent = 0x0a,
    MaxAckDelay = 0x0b,
    DisableActiveMigration = 0x0c,
    PreferredAddress = 0x0d,
    ActiveConnectionIdLimit = 0x0e,
    InitialSourceConnectionId = 0x0f,
    RetrySourceConnectionId = 0x10,
    MaxDatagramFrameSize = 0x20,
    GreaseQuicBit = 0x2ab2,
    MinAckDelay = 0xff04de1b,
    AddressDiscovery = 0x9f81a176,
}
