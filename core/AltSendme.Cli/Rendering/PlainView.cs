using AltSendme.Core.Progress;

namespace AltSendme.Cli.Rendering;

/// <summary>Lines without anything that moves: for <c>--no-progress</c>, and where the output is not a terminal.</summary>
internal sealed class PlainView(TextWriter output) : ITransferView
{
    // One line at a time, whatever thread an event comes from.
    private readonly Lock _line = new();

    public void Report(TransferEvent value)
    {
        if (TextLines.Of(value) is not { } line)
            return;
        lock (_line)
            output.WriteLine(line);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
