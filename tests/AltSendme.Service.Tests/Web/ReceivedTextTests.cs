using AltSendme.Core.Receiving;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Web.Folders;
using AltSendme.TestKit;

namespace AltSendme.Service.Tests.Web;

/// <summary>A text that was received is shown; no other file is, whatever stands in its place.</summary>
public sealed class ReceivedTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_text_is_given_whole()
    {
        var text = new string('a', ReceivedText.MaxBytes - 2) + "ß";

        Assert.Equal(text, (await ReceivedText.ReadAsync(Received(_folder.Write("text.txt", text)), default)).Text);
        Assert.Equal("", (await ReceivedText.ReadAsync(Received(_folder.Write("EMPTY.TXT", "")), default)).Text);
    }

    [Fact]
    public async Task What_is_too_large_no_text_a_link_gone_or_not_complete_is_not()
    {
        var text = _folder.Write("text.txt", "text");
        var link = _folder.At("link.txt");
        File.CreateSymbolicLink(link, text);

        await RefusedAsync(Received(_folder.Write("large.txt", new byte[ReceivedText.MaxBytes + 1])));
        await RefusedAsync(Received(_folder.Write("bytes.txt", [0xff, 0xfe, 0x00])));
        await RefusedAsync(Received(_folder.Write("page.html", "text")));
        await RefusedAsync(Received(link));
        await RefusedAsync(Received(_folder.At("gone.txt")));
        await RefusedAsync(Received(text) with { State = ReceiveState.Running });
        await RefusedAsync(Received(text) with { Files = 2 });
    }

    private static async Task RefusedAsync(ReceiveView view) => Assert.Equal(ServiceCodes.Conflict, (await Assert.ThrowsAsync<ServiceException>(() => ReceivedText.ReadAsync(view, default))).Code);

    private static ReceiveView Received(string path) => new()
    {
        Id = "0123456789",
        State = ReceiveState.Completed,
        Created = default,
        Updated = default,
        Sender = "sender",
        Hash = "hash",
        Destination = Path.GetDirectoryName(path)!,
        Conflict = ConflictRule.Rename,
        Files = 1,
        Paths = [path],
    };
}
