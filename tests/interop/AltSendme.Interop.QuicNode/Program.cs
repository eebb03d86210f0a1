// SCRIPT ROLE SCENARIO...: tries scenarios against a real iroh 1.1 endpoint that the script holds; ROLE is "client" or "server" and says what we are.
// To be run where nothing but loopback can be reached. Prints a line a scenario; exit code 1 when any failed.

using System.Diagnostics;
using AltSendme.Interop.QuicNode;

var limit = TimeSpan.FromSeconds(120);
var failures = 0;
foreach (var name in args[2..])
{
    var watch = Stopwatch.StartNew();
    using var deadline = new CancellationTokenSource(limit);
    try
    {
        await using var iroh = IrohNode.Start(args[0]);
        await using var session = new Session(iroh, deadline.Token);
        if (!await Scenarios.RunAsync(name, weConnect: args[1] == "client", session))
            throw new ArgumentException($"There is no scenario '{name}'.");
        Console.WriteLine($"{name}: whole after {watch.ElapsedMilliseconds} ms");
    }
    catch (Exception fault)
    {
        failures++;
        Console.WriteLine($"{name}: {fault}");
    }
}

return failures == 0 ? 0 : 1;
