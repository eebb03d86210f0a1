using AltSendme.Abstractions;

namespace AltSendme.TestPlugins;

/// <summary>Does what a plugin should, with a transport that reaches nobody.</summary>
public sealed class GoodPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        File.WriteAllText(Path.Combine(context.StateFolder, "started"), context.Configuration["Greeting"] ?? "");
        return ValueTask.FromResult(new PluginOffer { Transport = static _ => throw new NotSupportedException() });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws from its constructor.</summary>
public sealed class ThrowingConstructorPlugin : IPlugin
{
    public ThrowingConstructorPlugin() => throw new InvalidOperationException("no luck today");

    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => default;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Throws when it is started.</summary>
public sealed class ThrowingPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => throw new InvalidOperationException("the cable is unplugged");

    public ValueTask DisposeAsync() => throw new InvalidOperationException("still unplugged");
}

/// <summary>Never finishes starting, and blocks its thread.</summary>
public sealed class HangingPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
        return default;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Offers nothing, whatever its manifest says.</summary>
public sealed class EmptyPlugin : IPlugin
{
    public ValueTask<PluginOffer> StartAsync(IPluginContext context, CancellationToken cancellationToken = default) => ValueTask.FromResult(new PluginOffer());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Is no plugin at all.</summary>
public sealed class NotAPlugin;
