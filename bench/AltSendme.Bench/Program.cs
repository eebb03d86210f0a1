using System.Globalization;
using System.Runtime.InteropServices;
using AltSendme.Bench;
using AltSendme.Bench.Commands;

using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopInsteadOfDying);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopInsteadOfDying);

return args switch
{
    ["hash", var file] => HashCommand.Run(file),
    ["hash-memory"] => HashMemoryCommand.Run(),
    ["quic-serve", var datagramSize] => await QuicCommands.ServeAsync(int.Parse(datagramSize, CultureInfo.InvariantCulture)),
    ["quic-send", var port, var datagramSize] => await QuicCommands.SendAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(datagramSize, CultureInfo.InvariantCulture)),
    ["quic-accept"] => await QuicHandshakeCommands.AcceptAsync(),
    ["quic-connect", var port] => await QuicHandshakeCommands.ConnectAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["relay-serve"] => await RelayServerCommands.ServeAsync(),
    ["relay-echo"] => await RelayServerCommands.EchoAsync(),
    ["relay-flood", var kind, var port, var server] => await RelayClientCommands.FloodAsync(kind, int.Parse(port, CultureInfo.InvariantCulture), int.Parse(server, CultureInfo.InvariantCulture)),
    ["relay-idle", var port, var server] => await RelayClientCommands.IdleAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(server, CultureInfo.InvariantCulture)),
    ["relay-send", var port] => await RelayClientCommands.SendAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["relay-receive", var port] => await RelayClientCommands.ReceiveAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    [var workFolder, var publishedFolder, .. var rows] => await BenchRun.RunAsync(workFolder, publishedFolder, rows, stop.Token),
    _ => Usage(),
};

// Peers are ended by their owners' disposal, which a process killed by the signal would not reach.
void StopInsteadOfDying(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static int Usage()
{
    Console.Error.WriteLine("Use bench/run [ROW...]; it builds, installs the peers and starts this program.");
    return 2;
}
