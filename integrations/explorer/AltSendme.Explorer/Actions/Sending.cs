using AltSendme.Abstractions;
using AltSendme.Explorer.Com;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;

namespace AltSendme.Explorer.Actions;

/// <summary>Has the service share what was chosen: the one thing that all of Explorer's ways to send end in.</summary>
/// <param name="connect">Connects to the service, which is started for it.</param>
/// <param name="labels">The words.</param>
/// <param name="show">Shows a failure that the service can't: a title and a sentence.</param>
internal sealed class Sending(Func<ServiceConnection> connect, Labels labels, Action<string, string> show)
{
    /// <summary>Shares all of it as one; the ticket goes to the clipboard, and the service says so. What has no path fails the whole: half of a selection is not what was meant.</summary>
    /// <returns>Whether there is a share.</returns>
    public async Task<bool> SendAsync(Selection selection)
    {
        if (selection.WithoutPath is [var name, ..])
        {
            show(labels["sendFailed"], labels["notLocal"].Replace("{name}", name, StringComparison.Ordinal));
            return false;
        }

        try
        {
            using var service = connect();
            await service.CreateShareAsync(new ShareOrder { Paths = selection.Paths, Copy = true, Notify = true, Wait = true });
            return true;
        }
        catch (ServiceException exception) when (exception.Code is ServiceCodes.NotRunning or ServiceCodes.NotInstalled or ServiceCodes.Failed)
        {
            show(labels["sendFailed"], labels["noService"].Replace("{message}", exception.Message, StringComparison.Ordinal));
            return false;
        }
        catch (AltSendmeException)
        {
            // The service has said it in a notification.
            return false;
        }
    }
}
