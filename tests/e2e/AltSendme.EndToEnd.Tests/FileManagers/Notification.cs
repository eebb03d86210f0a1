namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>What a desktop was asked to show.</summary>
/// <param name="Summary">The first line.</param>
/// <param name="Body">The text below it.</param>
public sealed record Notification(string Summary, string Body);
