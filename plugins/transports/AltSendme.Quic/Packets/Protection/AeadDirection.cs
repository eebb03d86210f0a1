namespace AltSendme.Quic.Packets.Protection;

/// <summary>What an AEAD key is used for; a native context is bound to one of the two.</summary>
internal enum AeadDirection : byte
{
    /// <summary>Encrypts and authenticates.</summary>
    Seal,

    /// <summary>Verifies and decrypts.</summary>
    Open,
}
