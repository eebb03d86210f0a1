using System.Diagnostics;
using AltSendme.Blobs.Blake3;
using AltSendme.TestKit;

namespace AltSendme.Blobs.Tests.Blake3;

public sealed class B3sumTests
{
    [ToolFact("b3sum", "apt-get install b3sum, brew install b3sum or cargo install b3sum")]
    public async Task The_reference_program_gives_the_same_hash_of_a_file()
    {
        foreach (var length in new[] { 0, 1, 16384, 16385, 5_000_000 })
        {
            var data = Pattern.Random(length, length);
            var start = new ProcessStartInfo("b3sum", "--no-names") { RedirectStandardInput = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await process.StandardInput.BaseStream.WriteAsync(data, deadline.Token);
            process.StandardInput.Close();
            var hash = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            Assert.Equal(hash.Trim(), Blake3Hasher.Hash(data).ToString());
        }
    }
}
