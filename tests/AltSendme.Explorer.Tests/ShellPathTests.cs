using AltSendme.Explorer.Actions;

namespace AltSendme.Explorer.Tests;

public sealed class ShellPathTests
{
    [Theory]
    [InlineData(@"C:\a b\ü.txt", @"C:\a b\ü.txt")]
    [InlineData("C:\"", @"C:\")]
    [InlineData("\\\\server\\share\"", @"\\server\share\")]
    public void A_drive_that_lost_its_backslash_to_a_quote_gets_it_back(string argument, string path) => Assert.Equal(path, ShellPath.Of(argument));
}
