using System.Reflection;
using Microsoft.Extensions.Logging;

namespace AltSendme.Relays.Server.Tests;

public sealed class PrivacyTests
{
    [Fact]
    public void Nothing_above_debug_level_says_who_is_connected()
    {
        var methods = typeof(RelayServerLog).GetMethods(BindingFlags.Static | BindingFlags.Public);
        var telling = methods.Where(static method => method.GetParameters().Any(static parameter => parameter.Name!.Contains("endpoint", StringComparison.OrdinalIgnoreCase)));

        Assert.NotEmpty(telling);
        Assert.All(telling, static method => Assert.True(method.GetCustomAttribute<LoggerMessageAttribute>()!.Level <= LogLevel.Debug, method.Name));
    }
}
