using AltSendme.Cli.Integrations.Linux;

namespace AltSendme.Cli.Tests.Integrations;

public sealed class DesktopTextTests
{
    [Theory]
    [InlineData("/usr/bin/altsendme", "\"/usr/bin/altsendme\"")]
    [InlineData("/opt/my programs/altsendme", "\"/opt/my programs/altsendme\"")]
    [InlineData("/opt/100%/a$b/altsendme", "\"/opt/100%%/a\\\\$b/altsendme\"")]
    [InlineData("/opt/a\"b/altsendme", "\"/opt/a\\\\\"b/altsendme\"")]
    public void A_path_stands_in_a_desktop_entry_so_that_it_is_read_as_it_is(string path, string expected) => Assert.Equal(expected, DesktopText.Quoted(path));
}
