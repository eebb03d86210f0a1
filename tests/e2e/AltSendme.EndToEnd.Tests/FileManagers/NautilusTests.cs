using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests.FileManagers;

/// <summary>A person at a real Nautilus with our entry in its menus.</summary>
public sealed class NautilusTests(Desktop desktop) : IClassFixture<Desktop>, IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private readonly TemporaryFolder _folder = new();

    private string Receiver => Directory.CreateDirectory(Path.Combine(_folder.Path, "receiver")).FullName;

    public async Task InitializeAsync()
    {
        if (DesktopFactAttribute.Missing is not null)
            return;
        var (exitCode, _, error) = await ProgramRun.RunAsync(desktop.Home, "integrate", "install", "nautilus");
        Assert.True(exitCode == 0, error);
    }

    [DesktopFact]
    public async Task Send_starts_the_service_and_puts_a_ticket_on_the_clipboard_that_brings_the_file_to_the_other_side()
    {
        const string Name = "Bericht 2026 – „Größe“ & 100% 'neu'.txt";
        _folder.Write("one/" + Name, "the content");
        await ProgramRun.RunAsync(desktop.Home, "service", "stop");

        await using var window = await NautilusWindow.OpenAsync(desktop, Path.Combine(_folder.Path, "one"), "de", _limit.Token);
        await window.OpenItemMenuAsync(_limit.Token);
        await window.PictureAsync("nautilus-menu-de", _limit.Token);
        var before = await desktop.ClipboardAsync(_limit.Token);
        await window.ChooseOursAsync(_limit.Token);

        await ReceiveAsync(await desktop.TicketOnClipboardAsync(before, _limit.Token));
        await desktop.NotificationAsync(static shown => shown.Summary == "Ticket copied" && shown.Body.Contains(Name, StringComparison.Ordinal), _limit.Token);
        Assert.Equal("the content", await File.ReadAllTextAsync(Path.Combine(Receiver, "in", Name)));
    }

    [DesktopFact]
    public async Task Several_files_and_a_folder_are_one_share()
    {
        _folder.Write("many/a b.txt", "a");
        _folder.Write("many/ü#?.txt", "u");
        _folder.Write("many/日本/inner/c.bin", new byte[300_000]);

        await using var window = await NautilusWindow.OpenAsync(desktop, Path.Combine(_folder.Path, "many"), "", _limit.Token);
        await window.OpenItemMenuAsync(_limit.Token);
        await window.PictureAsync("nautilus-menu", _limit.Token);
        var before = await desktop.ClipboardAsync(_limit.Token);
        await window.ChooseOursAsync(_limit.Token);

        await ReceiveAsync(await desktop.TicketOnClipboardAsync(before, _limit.Token));
        Assert.Equal(["a b.txt", "ü#?.txt", "日本/inner/c.bin"], Directory.EnumerateFiles(Path.Combine(Receiver, "in"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(Receiver, "in"), path)).Order(StringComparer.Ordinal));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    private async Task ReceiveAsync(string ticket)
    {
        var (exitCode, _, error) = await ProgramRun.RunAsync(Receiver, "receive", "--yes", ticket, "-o", "in");
        Assert.True(exitCode == 0, error);
    }
}
