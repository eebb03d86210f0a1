namespace AltSendme.Service.Client.Contract;

/// <summary>A window that can be opened once (docs/protocol/window.md).</summary>
/// <param name="Door">Path of an HTML file, readable by this user only: whatever browser opens it is let in. It is removed once that has happened, or its time is over.</param>
/// <param name="Origin">Where the window will be, such as <c>http://127.0.0.1:40123</c>; of no use without the file.</param>
/// <param name="Expires">When the file is of no use any more.</param>
public sealed record WindowView(string Door, string Origin, DateTimeOffset Expires);
