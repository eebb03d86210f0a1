namespace AltSendme.Core.Settings;

/// <summary>Section <c>Limits</c>.</summary>
public sealed class LimitSettings
{
    /// <summary>Bytes that one run sends in a second at most; 0 for no limit.</summary>
    public long SendBytesPerSecond { get; set; }

    /// <summary>Bytes that one run receives in a second at most; 0 for no limit.</summary>
    public long ReceiveBytesPerSecond { get; set; }
}
