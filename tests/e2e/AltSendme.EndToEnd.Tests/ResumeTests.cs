using System.Security.Cryptography;
using System.Text.Json;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>A receiver that is killed, stopped or cut off goes on where it was.</summary>
public sealed class ResumeTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    private string Home => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_receiver_killed_ten_times_fetches_no_verified_group_again()
    {
        const int Kills = 10;
        const long Size = 400 * Megabyte;
        var random = Seeds.Random();
        var source = WriteRandomFile("big.bin", Size);
        await using var sender = ProgramRun.Start(Home, "send", "big.bin", "--json", "--broadcast");
        using var ready = JsonDocument.Parse(await sender.LineWithAsync("\"ticket\""));
        var ticket = ready.RootElement.GetProperty("ticket").GetString()!;

        var lost = 0L;
        var reported = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var receiver = ProgramRun.Start(Home, "receive", ticket, "-o", "in", "--yes", "--json");
            lost += Math.Max(0, reported - await PresentAsync(receiver));
            await Task.Delay(random.Next(0, 60));
            receiver.KillHard();
            await receiver.EndAsync();
            reported = Reported(await receiver.RestAsync());
        }

        await using var last = ProgramRun.Start(Home, "receive", ticket, "-o", "in", "--yes", "--json");
        var present = await PresentAsync(last);
        lost += Math.Max(0, reported - present);
        var exitCode = await last.EndAsync();
        using var completed = JsonDocument.Parse((await last.RestAsync())[^1]);
        sender.PressCtrlC();
        await sender.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.True(lost <= Megabyte, $"{lost} bytes that had been verified were fetched again.");
        Assert.Equal(Size - present, completed.RootElement.GetProperty("fetchedBytes").GetInt64());
        Assert.Equal(source, await HashAsync("in/big.bin"));
        Assert.Equal(["big.bin"], Directory.EnumerateFileSystemEntries(_folder.At("in", "x")[..^2]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Ctrl_c_leaves_a_state_from_which_the_same_command_goes_on_and_says_so()
    {
        const long Size = 600 * Megabyte;
        var source = WriteRandomFile("big.bin", Size);
        await using var sender = ProgramRun.Start(Home, "send", "big.bin");
        var ticket = await sender.LineAsync();
        await using var first = ProgramRun.Start(Home, "receive", ticket, "-o", "in", "--yes", "--json");
        await ReachAsync(first, 20 * Megabyte);

        first.PressCtrlC();

        Assert.Equal(130, await first.EndAsync());
        Assert.Contains("run the same command again", (await first.RestAsync())[^1], StringComparison.Ordinal);
        var (exitCode, output, _) = await ProgramRun.RunAsync(Home, "receive", ticket, "-o", "in", "--yes", "--json");
        Assert.Equal(0, exitCode);
        using var completed = JsonDocument.Parse(output.Split('\n')[^1]);
        Assert.True(completed.RootElement.GetProperty("fetchedBytes").GetInt64() <= Size - (15 * Megabyte));
        Assert.Equal(source, await HashAsync("in/big.bin"));
        Assert.Equal(0, await sender.EndAsync());
    }

    [Fact]
    public async Task A_sender_that_vanishes_is_waited_for_and_then_named()
    {
        WriteRandomFile("big.bin", 600 * Megabyte);
        await using var sender = ProgramRun.Start(Home, "send", "big.bin");
        var ticket = await sender.LineAsync();
        await using var receiver = ProgramRun.Start(Home, [("ALTSENDME_Receive__RetryFor", "00:00:02")], ["receive", ticket, "-o", "in", "--yes", "--json"]);
        await ReachAsync(receiver, 10 * Megabyte);

        sender.KillHard();

        Assert.Equal(5, await receiver.EndAsync());
        var lines = await receiver.RestAsync();
        Assert.Contains(lines, static line => line.Contains("\"reconnecting\"", StringComparison.Ordinal));
        Assert.Contains("peer.lost", lines[^1], StringComparison.Ordinal);
    }

    private static async Task ReachAsync(ProgramRun receiver, long bytes)
    {
        while (true)
        {
            using var line = JsonDocument.Parse(await receiver.LineAsync());
            var type = line.RootElement.GetProperty("type").GetString();
            Assert.True(type != "completed", "It was done before it could be stopped.");
            if (type == "progress" && line.RootElement.GetProperty("bytes").GetInt64() >= bytes)
                return;
        }
    }

    private static async Task<long> PresentAsync(ProgramRun receiver)
    {
        using var preview = JsonDocument.Parse(await receiver.LineWithAsync("\"preview\""));
        return preview.RootElement.GetProperty("presentBytes").GetInt64();
    }

    // The last line of a killed program may be cut.
    private static long Reported(IReadOnlyList<string> lines)
    {
        var line = lines.LastOrDefault(static line => line.StartsWith("{\"type\":\"progress\"", StringComparison.Ordinal) && line.EndsWith('}'));
        if (line is null)
            return 0;
        using var progress = JsonDocument.Parse(line);
        return progress.RootElement.GetProperty("bytes").GetInt64();
    }

    private async Task<byte[]> HashAsync(string name)
    {
        await using var file = File.OpenRead(_folder.At(name.Split('/')));
        return await SHA256.HashDataAsync(file);
    }

    private byte[] WriteRandomFile(string name, long size)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.Create(_folder.At(name));
        var block = new byte[Megabyte];
        RandomNumberGenerator.Fill(block);
        for (var offset = 0L; offset < size; offset += block.Length)
        {
            // Every block differs, without paying for new chance each time.
            BitConverter.TryWriteBytes(block, offset);
            file.Write(block);
            hash.AppendData(block);
        }

        return hash.GetHashAndReset();
    }
}
