using AltSendme.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AltSendme.Core.Plugins;

/// <summary>What one plugin gets from the host. Its state folder is made when it is first asked for.</summary>
internal sealed class PluginContext(IConfigurationSection configuration, ILoggerFactory loggerFactory, TimeProvider timeProvider, string stateFolder) : IPluginContext
{
    public IConfigurationSection Configuration => configuration;

    public ILoggerFactory LoggerFactory => loggerFactory;

    public TimeProvider TimeProvider => timeProvider;

    public string StateFolder
    {
        get
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(stateFolder);
            else
                Directory.CreateDirectory(stateFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return stateFolder;
        }
    }
}
