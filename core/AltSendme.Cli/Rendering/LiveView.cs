using System.Globalization;
using AltSendme.Core.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AltSendme.Cli.Rendering;

/// <summary>Bars that move on a terminal: one for hashing, one for each receiver, or one for what is received; other events scroll by above them.</summary>
internal sealed class LiveView : ITransferView
{
    private const string RateKey = "rate";

    private readonly IAnsiConsole _console;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<int, ProgressTask> _bars = [];

    // Guards the bars: events come from several threads. Drawing never takes it, since it holds the console's own lock.
    private readonly Lock _bar = new();
    private Task _drawing = Task.CompletedTask;
    private ProgressContext? _context;

    public LiveView(IAnsiConsole console)
    {
        _console = console;
    }

    private enum Bar
    {
        Import = 0,
        Receive = -1,
    }

    public void Report(TransferEvent value)
    {
        lock (_bar)
        {
            switch (value)
            {
                case ImportProgressed e:
                    Update((int)Bar.Import, "Hashing", e.Bytes, e.TotalBytes, "");
                    break;
                case ReceiverProgressed e:
                    Update(e.Receiver, $"Receiver {e.Receiver}", e.Bytes, e.TotalBytes, $"{ByteText.Of((long)e.BytesPerSecond)}/s");
                    break;
                case ReceiveProgressed e:
                    Update((int)Bar.Receive, "Receiving", e.Bytes, e.TotalBytes, $"{ByteText.Of((long)e.BytesPerSecond)}/s{(e.Remaining is { } left ? $", {DurationText.Of(left)} left" : "")}");
                    break;
                default:
                    if (TextLines.Of(value) is { } line)
                        _console.WriteLine(line);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _drawing;
    }

    private void Update(int key, string title, long value, long maximum, string rate)
    {
        if (_ended.Task.IsCompleted)
            return;
        if (!_bars.TryGetValue(key, out var bar))
        {
            bar = Context().AddTask(Markup.Escape(title), new ProgressTaskSettings { MaxValue = Math.Max(1, maximum) });
            _bars[key] = bar;
        }

        bar.Value = maximum == 0 ? 1 : value;
        bar.State.Update<RateText>(RateKey, _ => new RateText(rate));
    }

    private ProgressContext Context()
    {
        if (_context is not null)
            return _context;

        var ready = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        _drawing = Task.Run(() => _console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new AmountColumn(), new RateColumn())
            .StartAsync(async context =>
            {
                ready.SetResult(context);
                await _ended.Task;
            }));
        return _context = ready.Task.GetAwaiter().GetResult();
    }

    // A bar's state holds values only.
    private readonly record struct RateText(string? Text);

    private sealed class AmountColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{ByteText.Of((long)task.Value)} of {ByteText.Of((long)task.MaxValue)}"));
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(task.State.Get<RateText>(RateKey).Text ?? "");
    }
}
