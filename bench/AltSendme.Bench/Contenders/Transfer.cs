using AltSendme.Bench.Processes;

namespace AltSendme.Bench.Contenders;

/// <summary>One transfer between two new processes.</summary>
/// <param name="ToTicket">From the sender's start to its ticket.</param>
/// <param name="Received">From the receiver's start to its end.</param>
/// <param name="Downloaded">What the receiver says that the transfer took, without its start and without copying out of a store; only the peer says it, of the others it is all.</param>
/// <param name="Sender">What the sender used, its processor time from the ticket on.</param>
/// <param name="Receiver">What the receiver used.</param>
internal sealed record Transfer(TimeSpan ToTicket, TimeSpan Received, TimeSpan Downloaded, ProcessUsage Sender, ProcessUsage Receiver)
{
    private static readonly TimeSpan SenderEndLimit = TimeSpan.FromSeconds(15);

    /// <summary>Sends <paramref name="path"/> with one program, receives it with the same or another one into a new folder, compares the two and removes what was received.</summary>
    public static async Task<Transfer> MeasureAsync(IContender from, IContender to, string path, Workbench workbench, CancellationToken cancellationToken)
    {
        using var scratch = workbench.NewScratch();
        return await MeasureAsync(from, to, path, scratch, cancellationToken);
    }

    /// <summary>The same, and what was received stays as long as <paramref name="scratch"/>, which must be new.</summary>
    public static async Task<Transfer> MeasureAsync(IContender from, IContender to, string path, Scratch scratch, CancellationToken cancellationToken)
    {
        await using var sender = ObservedProcess.Start(from.Send(path, Path.Combine(scratch.Folder, "sender")));
        var ticket = await sender.EventAsync("ticket", cancellationToken);
        var hashing = sender.Usage.Processor;

        var destination = Path.Combine(scratch.Folder, "received");
        var receive = to.Receive(ticket.Content.GetProperty("ticket").GetString()!, destination, Path.Combine(scratch.Folder, "receiver"));
        await using var receiver = ObservedProcess.Start(receive);
        await receiver.EventAsync("completed", cancellationToken);
        var received = await receiver.EndAsync(cancellationToken);
        var downloaded = to is IrohContender ? (await receiver.EventAsync("downloaded", cancellationToken)).Duration : received;

        if (from is AltSendmeContender)
            await sender.EndAsync(cancellationToken).WaitAsync(SenderEndLimit, cancellationToken);   // a one-time share ends by itself
        else
            await sender.DisposeAsync();
        Comparison.RequireEqual(path, Path.Combine(destination, Path.GetFileName(path)));
        return new Transfer(ticket.SinceStart, received, downloaded, sender.Usage with { Processor = sender.Usage.Processor - hashing }, receiver.Usage);
    }
}
