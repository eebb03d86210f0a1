using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Client.Desktop;
using AltSendme.Service.DBus;

namespace AltSendme.Service.Web.Folders;

/// <summary>Shows in the file manager what was received. Takes no path from anybody: only the folder of a receive that is complete.</summary>
/// <param name="desktop">Where the desktop's screen is.</param>
internal sealed class ReceivedFolder(DesktopSession desktop)
{
    /// <exception cref="AltSendmeException">It is not complete, is gone, or there is no file manager.</exception>
    public async Task ShowAsync(ReceiveView receive, CancellationToken cancellationToken)
    {
        if (receive.State != ReceiveState.Completed)
            throw new ServiceException(ServiceCodes.Conflict, "It is not complete yet.");
        var folder = receive.Destination;
        if (!Directory.Exists(folder))
            throw new StorageException(ErrorCodes.DestinationUnwritable, $"{folder} is not there any more.");

        // A folder is shown; a program would be run.
        var program = OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.Windows), "explorer.exe") : OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        if (!DesktopProgram.TryStart(program, [folder], await desktop.VariablesAsync(cancellationToken)))
            throw new StorageException(ErrorCodes.StoreFailed, $"There is no program to show folders ({program}). The files are in {folder}.");
    }
}
