namespace AltSendme.Core.Settings.Documents;

/// <summary>What a value of a document is.</summary>
internal enum ConfigKind
{
    /// <summary>Names with values.</summary>
    Object,

    /// <summary>Values in order.</summary>
    List,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Nothing.</summary>
    Null,
}
