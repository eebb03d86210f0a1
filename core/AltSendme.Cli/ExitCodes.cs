using AltSendme.Abstractions;
using AltSendme.Cli.Integrations;
using AltSendme.Core.Errors;
using AltSendme.Core.Settings;
using AltSendme.Service.Client;

namespace AltSendme.Cli;

/// <summary>Exit codes of the command; docs/cli.md explains them to scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A fault of ours; worth a report.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line or the settings can't be used.</summary>
    public const int Usage = 2;

    public const int Ticket = 3;

    public const int Policy = 4;

    /// <summary>The peer could not be reached, or was lost.</summary>
    public const int Peer = 5;

    /// <summary>What arrived is not what the hash promises.</summary>
    public const int Verification = 6;

    /// <summary>Files or folders on this side.</summary>
    public const int Storage = 7;

    /// <summary>A plugin or the network on this side.</summary>
    public const int Plugin = 8;

    /// <summary>The other side ended the transfer, or the person here said no.</summary>
    public const int Aborted = 9;

    /// <summary>Ctrl-C or a request to end; 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    public static int Of(AltSendmeException exception) => exception switch
    {
        SettingsException => Usage,
        ServiceException { IsRequestFault: true } => Usage,
        IntegrationException { IsRequestFault: true } => Usage,
        TicketException => Ticket,
        PolicyException => Policy,
        PeerUnreachableException or ConnectionLostException => Peer,
        VerificationException => Verification,
        StorageException or IntegrationException => Storage,
        TransferAbortedException { Code: ErrorCodes.ConsentNeeded } => Usage,
        TransferAbortedException or StreamAbortedException => Aborted,
        _ => Plugin,
    };
}
