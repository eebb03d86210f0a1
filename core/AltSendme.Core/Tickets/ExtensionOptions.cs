namespace AltSendme.Core.Tickets;

/// <summary>What an extension block says besides addresses.</summary>
internal readonly record struct ExtensionOptions(DateTimeOffset? Expires, bool IsOneTime);
