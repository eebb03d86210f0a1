namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>The names by which Explorer and our program for it know each other. They stay as they are: what an older version registered is found by them.</summary>
internal static class ExplorerNames
{
    /// <summary>The program without a console that Explorer starts.</summary>
    public const string Program = "altsendme-explorer.exe";

    /// <summary>Shares its arguments.</summary>
    public const string Send = "send";

    /// <summary>Opens the receive dialog, for a ticket, a ticket file or an address where one is given.</summary>
    public const string Receive = "receive";

    /// <summary>Starts the service.</summary>
    public const string Start = "start";

    /// <summary>The verb under <c>shell</c>.</summary>
    public const string SendVerb = "AltSendme.Send";

    /// <inheritdoc cref="SendVerb"/>
    public const string ReceiveVerb = "AltSendme.Receive";

    /// <summary>COM class of the send entry.</summary>
    public static readonly Guid SendClass = new("b5fbbd02-d4b1-475e-9f2f-ff97e964dd75");

    /// <summary>COM class of the receive entry.</summary>
    public static readonly Guid ReceiveClass = new("d8e8ca55-9cf4-4ecf-b270-0416918e47b2");
}
