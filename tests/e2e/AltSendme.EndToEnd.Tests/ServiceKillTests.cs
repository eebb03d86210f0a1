using System.Security.Cryptography;
using AltSendme.Service.Client.Contract;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>Services of two users that are killed at random moments of transfers between them.</summary>
public sealed class ServiceKillTests : IDisposable
{
    private const int Kills = 20;
    private const int FileLength = 48 << 20;
    private const int LongestPauseMilliseconds = 350;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(Limit);

    [Fact]
    public async Task Nothing_is_lost_when_services_are_killed_in_the_middle_of_sharing_and_receiving()
    {
        var random = Seeds.Random();
        var content = random.Bytes(FileLength);
        var hash = Convert.ToHexString(SHA256.HashData(content));
        var file = _folder.Write("shared.bin", content);
        await using var sender = new ServiceProcess(Path.Combine(_folder.Path, "a"));
        await using var receiver = new ServiceProcess(Path.Combine(_folder.Path, "b"));
        await sender.StartAsync(_limit.Token);
        await receiver.StartAsync(_limit.Token);
        var share = await sender.Client.CreateShareAsync(new ShareOrder { Paths = [file], Broadcast = true }, _limit.Token);

        var (kills, inMiddle) = (0, 0);
        for (var round = 0; kills < Kills; round++)
        {
            var order = await receiver.Client.StartReceiveAsync(new ReceiveOrder { Tickets = [share.Ticket!], Destination = Path.Combine(_folder.Path, $"in{round}") }, _limit.Token);
            for (var i = 0; i < 2 && kills < Kills; i++)
            {
                await Task.Delay(random.Next(LongestPauseMilliseconds), _limit.Token);
                var state = await receiver.Client.ReceiveAsync(order.Id, _limit.Token);
                inMiddle += state is { State: ReceiveState.Running, Bytes: > 0 } ? 1 : 0;
                var victim = random.Next(2) == 0 ? sender : receiver;
                await victim.KillAsync(_limit.Token);
                await victim.StartAsync(_limit.Token);
                kills++;
            }

            var shared = await sender.UntilShareAsync(share.Id, static view => view.State != ShareState.Preparing, _limit.Token);
            Assert.Equal((ShareState.Sharing, share.Ticket), (shared.State, shared.Ticket));
            var received = await receiver.UntilAsync(order.Id, static view => view.State is not ReceiveState.Running, _limit.Token);
            Assert.True(received.State == ReceiveState.Completed, $"round {round}: {received.State}, {received.Error}");
            Assert.Equal(hash, await HashAsync(Assert.Single(received.Paths)));
            Directory.Delete(received.Destination, recursive: true);
        }

        Console.WriteLine($"{kills} kills, {inMiddle} of them while bytes arrived");
        Assert.Equal(share.Id, Assert.Single(await sender.Client.SharesAsync(_limit.Token)).Id);
    }

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    private async Task<string> HashAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, _limit.Token));
    }
}
