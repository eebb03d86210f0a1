using AltSendme.Abstractions;
using AltSendme.Core.Plugins;
using AltSendme.Core.Settings;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.DBus;
using AltSendme.Service.Hosting;

const int Failed = 1;
const int Unusable = 2;

var detached = args.Contains(ServiceStarter.DetachedArgument);
var unknown = args.Except([ServiceStarter.DetachedArgument, SessionBusAddress.ActivatedArgument, "--verbose", "-v"]).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"altsendme-service: '{unknown[0]}' is not known. It takes --verbose only; 'altsendme service --help' says more.");
    return Unusable;
}

if (detached)
    Detachment.LeaveSession();
var options = new ServiceOptions
{
    Place = ServicePlace.Default(),
    Files = SettingsFiles.Default(),
    PluginRoots = PluginSearch.DefaultRoots(AppContext.BaseDirectory),
    InheritedSocket = SocketActivation.Inherited(),
    SessionBus = SessionBusAddress.Find(),
    Verbose = args.Contains("--verbose") || args.Contains("-v"),
};

// Whoever started us reads this, and nothing else of ours.
TextWriter? starter = null;
try
{
    if (detached)
    {
        ServicePlace.MakePrivate(options.Place.Folder);
        starter = Detachment.LogTo(options.Place.LogFile);
    }

    using var place = await SingleInstance.TryTakeAsync(options.Place, options.Clock, CancellationToken.None);
    if (place is null)
    {
        if (args.Contains(SessionBusAddress.ActivatedArgument) && !(options.SessionBus is { } bus && await Activation.IsServedAsync(bus)))
        {
            Console.Error.WriteLine("altsendme-service: one runs already that is not on this session's bus. 'altsendme service stop' ends it; its shares and receives go on with the next.");
            return Failed;
        }

        // Whoever started us finds the other one.
        if (!detached)
            Console.Error.WriteLine("altsendme-service: it is running already.");
        return 0;
    }

    await using var service = ServiceHost.Create(options);
    await service.StartAsync();
    await service.RunToEndAsync();
    return 0;
}
catch (AltSendmeException exception)
{
    (starter ?? Console.Error).WriteLine($"altsendme-service: {exception.Message}");
    return exception is SettingsException ? Unusable : Failed;
}
catch (IOException exception)
{
    // Kestrel's way to say that it can't listen.
    (starter ?? Console.Error).WriteLine($"altsendme-service: {exception.Message}");
    return Failed;
}
