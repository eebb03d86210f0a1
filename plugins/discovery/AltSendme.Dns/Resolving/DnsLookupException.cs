namespace AltSendme.Dns;

/// <summary>No server gave an answer that could be used. The message says what each did.</summary>
/// <param name="message">Words for people.</param>
public sealed class DnsLookupException(string message) : Exception(message);
