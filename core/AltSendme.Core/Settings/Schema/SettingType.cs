namespace AltSendme.Core.Settings.Schema;

/// <summary>Form of a setting's value.</summary>
internal enum SettingType
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>Hours, minutes and seconds: <c>00:01:00</c>.</summary>
    Duration,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    List,

    /// <summary>Names, each with a text.</summary>
    Map,

    /// <summary>Relays, each a URL and perhaps a token, which is a secret.</summary>
    Relays,
}
