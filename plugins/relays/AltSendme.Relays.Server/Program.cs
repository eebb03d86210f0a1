using AltSendme.Relays.Server;
using AltSendme.Relays.Server.Configuration;

const int BadConfiguration = 2;
const int CannotListen = 1;

if (args is ["--help"] or ["-h"] or ["help"])
{
    Console.WriteLine(Usage.Text);
    return 0;
}

try
{
    var configuration = RelayConfiguration.Read(args);
    await using var server = RelayServer.Create(configuration);
    await server.StartAsync();
    await server.WaitForShutdownAsync();
    return 0;
}
catch (RelayConfigurationException exception)
{
    await Console.Error.WriteLineAsync($"altsendme-relay: {exception.Message}");
    return BadConfiguration;
}
catch (IOException exception)
{
    // Kestrel's way to say that an address is taken or not ours.
    await Console.Error.WriteLineAsync($"altsendme-relay: {exception.Message}");
    return CannotListen;
}
