using AltSendme.Abstractions;
using AltSendme.Core.Settings;

namespace AltSendme.Service.Client.Contract;

/// <summary>Errors on their way through the interface: from exceptions to <see cref="ErrorView"/>, and back to the same exceptions on the other side.</summary>
public static class ErrorTranslation
{
    /// <summary>What an exception says.</summary>
    public static ErrorView ToView(this AltSendmeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new ErrorView(exception.Code, exception.Message, KindOf(exception));
    }

    /// <summary>The exception that the core throws for such an error.</summary>
    public static AltSendmeException ToException(this ErrorView error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Kind switch
        {
            ErrorKind.Settings => new SettingsException(error.Message),
            ErrorKind.Ticket => new TicketException(error.Code, error.Message),
            ErrorKind.Policy => new PolicyException(error.Code, error.Message),
            ErrorKind.Peer => new PeerUnreachableException(error.Code, error.Message),
            ErrorKind.Verification => new VerificationException(error.Code, error.Message),
            ErrorKind.Storage => new StorageException(error.Code, error.Message),
            ErrorKind.Plugin => new PluginException(error.Code, error.Message),
            ErrorKind.Aborted => new TransferAbortedException(error.Code, error.Message),
            _ => new ServiceException(error.Code, error.Message),
        };
    }

    private static ErrorKind KindOf(AltSendmeException exception) => exception switch
    {
        ServiceException { IsRequestFault: true } => ErrorKind.Request,
        SettingsException => ErrorKind.Settings,
        TicketException => ErrorKind.Ticket,
        PolicyException => ErrorKind.Policy,
        PeerUnreachableException or ConnectionLostException => ErrorKind.Peer,
        VerificationException => ErrorKind.Verification,
        StorageException => ErrorKind.Storage,
        TransferAbortedException or StreamAbortedException => ErrorKind.Aborted,
        ServiceException => ErrorKind.Unexpected,
        _ => ErrorKind.Plugin,
    };
}
