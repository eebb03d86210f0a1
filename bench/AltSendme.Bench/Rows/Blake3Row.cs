using System.Diagnostics;
using AltSendme.Bench.Processes;
using AltSendme.Bench.Report;

namespace AltSendme.Bench.Rows;

/// <summary>BLAKE3 in one thread against the reference program.</summary>
internal sealed class Blake3Row : IRow
{
    private const long GiB = 1L << 30;
    private const string Reference = "b3sum";

    public async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var file = workbench.GibibyteFile;
        await RequireSameHashAsync(file, cancellationToken);

        var medians = await Sampling.AlternateAsync<TimeSpan>(workbench.Repetitions,
            async () =>
            {
                await using var ours = ObservedProcess.Start(Self("hash", file));
                return [await ours.EndAsync(cancellationToken), (await ours.EventAsync("hashed", cancellationToken)).Duration];
            },
            async () =>
            {
                await using var reference = ObservedProcess.Start(B3sum(file));
                return [await reference.EndAsync(cancellationToken)];
            },
            async () =>
            {
                await using var memory = ObservedProcess.Start(Self("hash-memory"));
                await memory.EndAsync(cancellationToken);
                return [(await memory.EventAsync("hashed", cancellationToken)).Duration];
            });

        return
        [
            Finding.Speed("BLAKE3, one thread, cached file of 1 GiB, in the process", medians[0][1], Reference, medians[1][0], atLeast: 0.95, GiB),
            Finding.Speed("the same with the start of both processes", medians[0][0], Reference, medians[1][0], bytes: GiB),
            Finding.Duration("BLAKE3, one thread, 1 GiB from memory", medians[2][0], bytes: GiB),
        ];
    }

    private static async Task RequireSameHashAsync(string file, CancellationToken cancellationToken)
    {
        await using var ours = ObservedProcess.Start(Self("hash", file));
        var hash = (await ours.EventAsync("hashed", cancellationToken)).Content.GetProperty("hash").GetString();
        using var reference = Process.Start(new ProcessStartInfo(Reference, ["--no-names", "--num-threads", "1", file]) { RedirectStandardOutput = true })!;
        if ((await reference.StandardOutput.ReadToEndAsync(cancellationToken)).Trim() != hash)
            throw new InvalidDataException($"{Reference} and we disagree about the hash.");
    }

    private static ProcessStartInfo Self(params string[] arguments) => new(Environment.ProcessPath!, [typeof(Blake3Row).Assembly.Location, .. arguments]);

    private static ProcessStartInfo B3sum(string file) => new(Reference, ["--num-threads", "1", file]);
}
