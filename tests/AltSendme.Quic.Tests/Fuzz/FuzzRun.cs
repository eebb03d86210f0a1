using System.Diagnostics;
using AltSendme.Quic.Tests.Tls;
using Xunit.Abstractions;

namespace AltSendme.Quic.Tests.Fuzz;

/// <summary>How many inputs, from which seed: a bounded share always; <c>ALTSENDME_FUZZ_ITERATIONS</c> and <c>ALTSENDME_SEED</c> widen or replay it. A failure names seed, iteration and input.</summary>
internal sealed class FuzzRun
{
    private const int DefaultIterations = 20_000;
    private const int MaxInput = 2048;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ITestOutputHelper _output;

    public FuzzRun(ITestOutputHelper output)
    {
        _output = output;
        Random = new Random(Seed);
    }

    /// <summary>Reads an input and checks what must hold.</summary>
    public delegate void Target(ReadOnlySpan<byte> input);

    public static int Iterations => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_FUZZ_ITERATIONS"), out var count) ? count : DefaultIterations;

    public static int Seed => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), out var seed) ? seed : 20260102;

    public Random Random { get; }

    /// <summary>Gives damaged copies of a corpus to a target.</summary>
    public void Damage(IReadOnlyList<byte[]> corpus, int iterations, Target target)
    {
        var input = new byte[MaxInput];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var length = Mutation.Of(corpus[Random.Next(corpus.Count)], corpus[Random.Next(corpus.Count)], Random, input);
            try
            {
                target(input.AsSpan(0, length));
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {Seed}, iteration {iteration}, input {Convert.ToHexString(input, 0, length)}{Environment.NewLine}{fault}");
            }
        }

        Report(iterations, "inputs");
    }

    public void Report(long count, string what) => _output.WriteLine($"{count} {what}, seed {Seed}, {_watch.Elapsed.TotalSeconds:F1} s");
}
