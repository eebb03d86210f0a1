using AltSendme.Bench.Processes;

namespace AltSendme.Bench.Contenders;

/// <summary>One transfer between two new processes.</summary>
/// <param name="ToTicket">From the sender's start to its ticket.</param>
/// <param name="Received">From the receiver's start to its end.</param>
/// <param name="SenderPeak">Bytes of resident memory, 0 where it was not watched.</param>
/// <param name="ReceiverPeak">The same of the receiver.</param>
/// <param name="Downloaded">What the receiver says that the transfer took, without its start and without copying out of a store; only the peer says it.</param>
internal sealed record Transfer(TimeSpan ToTicket, TimeSpan Received, long SenderPeak, long ReceiverPeak, TimeSpan Downloaded)
{
    private static readonly TimeSpan SenderEndLimit = TimeSpan.FromSeconds(15);

    /// <summary>Sends <paramref name="path"/>, receives it into a new folder, compares the two and removes what was received.</summary>
    public static async Task<Transfer> MeasureAsync(IContender contender, string path, Workbench workbench, bool watchMemory, CancellationToken cancellationToken)
    {
        using var scratch = workbench.NewScratch();
        await using var sender = ObservedProcess.Start(contender.Send(path, Path.Combine(scratch.Folder, "sender")), watchMemory);
        var ticket = await sender.EventAsync("ticket", cancellationToken);

        var destination = Path.Combine(scratch.Folder, "received");
        var receive = contender.Receive(ticket.Content.GetProperty("ticket").GetString()!, destination, Path.Combine(scratch.Folder, "receiver"));
        await using var receiver = ObservedProcess.Start(receive, watchMemory);
        await receiver.EventAsync("completed", cancellationToken);
        var received = await receiver.EndAsync(cancellationToken);
        var downloaded = contender is IrohContender ? (await receiver.EventAsync("downloaded", cancellationToken)).Duration : received;

        if (contender is AltSendmeContender)
            await sender.EndAsync(cancellationToken).WaitAsync(SenderEndLimit, cancellationToken);   // a one-time share ends by itself
        else
            await sender.DisposeAsync();
        Comparison.RequireEqual(path, Path.Combine(destination, Path.GetFileName(path)));
        return new Transfer(ticket.SinceStart, received, await sender.PeakMemoryAsync(), await receiver.PeakMemoryAsync(), downloaded);
    }
}
