using System.Collections;
using AltSendme.Core.Policy;
using AltSendme.Core.Receiving;
using AltSendme.Core.Settings;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SettingsFiles Files => new(Path.Combine(_folder.Path, "machine.json"), Path.Combine(_folder.Path, "user.json"), _folder.Path);

    private AltSendmeSettings Read() => SettingsLoader.Bind(SettingsLoader.Load(Files, EffectivePolicy.None, environment: new Hashtable()).ToConfiguration());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_files_the_defaults_hold()
    {
        var settings = Read();

        Assert.Equal(0, settings.Listen.Port);
        Assert.Equal(TicketForm.Auto, settings.Send.TicketType);
        Assert.Equal(ConflictRule.Rename, settings.Receive.Conflict);
    }

    [Fact]
    public void The_users_file_wins_over_the_machines()
    {
        _folder.Write("machine.json", """{"Listen":{"Port":4433,"Addresses":["127.0.0.1"]},"Send":{"TicketType":"full"}}""");
        _folder.Write("user.json", """{"Listen":{"Port":5544},"Receive":{"RetryFor":"00:05:00","Conflict":"skip"}}""");

        var settings = Read();

        Assert.Equal(5544, settings.Listen.Port);
        Assert.Equal(["127.0.0.1"], settings.Listen.Addresses);
        Assert.Equal(TicketForm.Full, settings.Send.TicketType);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.Receive.RetryFor);
        Assert.Equal(ConflictRule.Skip, settings.Receive.Conflict);
    }

    [Fact]
    public void All_faults_are_named_at_once_with_their_keys()
    {
        _folder.Write("user.json", """{"Listen":{"Port":70000,"Addresses":["here"]},"Receive":{"RetryFor":"9.00:00:00"}}""");

        var exception = Assert.Throws<SettingsException>(() => Read());

        Assert.Contains("Listen:Port", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Listen:Addresses", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Receive:RetryFor", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Listen":{"Port":"many"}}""")]
    [InlineData("""{"Send":{"TicketType":"secret"}}""")]
    public void A_file_that_can_not_be_understood_is_an_error_that_says_so(string content)
    {
        _folder.Write("user.json", content);

        Assert.Throws<SettingsException>(() => Read());
    }
}
