namespace AltSendme.Abstractions;

/// <summary>Why a connection or stream was ended, as the application protocol numbers it; at most 2^62 - 1 (RFC 9000, section 20.2).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct CloseCode(ulong Value)
{
    /// <summary>The end as it should be.</summary>
    public static readonly CloseCode None = new(0);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
