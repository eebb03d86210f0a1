using System.Diagnostics.CodeAnalysis;

namespace AltSendme.Dns;

/// <summary>Collects the labels of a name and holds them to the limits of RFC 1035, section 2.3.4.</summary>
internal struct DnsNameBuilder()
{
    // The length of the label that is being written stands where it begins, as in a message.
    private readonly byte[] _wire = new byte[DnsName.MaxLength];
    private int _labelStart;
    private int _position = 1;

    public bool TryAdd(byte value)
    {
        // The last byte is kept for the root.
        if (_position >= DnsName.MaxLength - 1 || _position - _labelStart > DnsName.MaxLabelLength)
            return false;
        _wire[_position++] = value;
        return true;
    }

    public bool TryAddLabel(ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty || label.Length > DnsName.MaxLabelLength || _position + label.Length > DnsName.MaxLength - 1)
            return false;
        label.CopyTo(_wire.AsSpan(_position));
        _position += label.Length;
        return TryEndLabel();
    }

    public bool TryEndLabel()
    {
        var length = _position - _labelStart - 1;
        if (length == 0)
            return false;
        _wire[_labelStart] = (byte)length;
        _labelStart = _position++;
        return true;
    }

    public bool TryFinish([NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (_position - _labelStart > 1 && !TryEndLabel())
            return false;
        name = new DnsName(_wire[..(_labelStart + 1)]);
        return true;
    }
}
