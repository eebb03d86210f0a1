using System.Diagnostics;

namespace AltSendme.Bench.Contenders;

/// <summary>A real iroh 0.35 node, driven by the scripts in <c>bench/peers</c>. The sender also reports <c>imported</c>, the receiver <c>downloaded</c> and <c>exported</c>, each with its milliseconds.</summary>
internal sealed class IrohContender(string peers) : IContender
{
    private static readonly string Scripts = Environment.GetEnvironmentVariable("BENCH_SCRIPTS") ?? throw new InvalidOperationException("BENCH_SCRIPTS is not set: start this through bench/run.");

    public ProcessStartInfo Send(string path, string stateFolder) => Node("iroh-send.mjs", stateFolder, path);

    public ProcessStartInfo Receive(string ticket, string destination, string stateFolder) => Node("iroh-receive.mjs", stateFolder, ticket, destination);

    private ProcessStartInfo Node(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["--no-deprecation", Path.Combine(Scripts, script), .. arguments]);
        start.Environment["PEERS"] = peers;
        return start;
    }
}
